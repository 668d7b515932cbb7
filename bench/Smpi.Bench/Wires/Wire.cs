namespace Smpi.Bench;

/// <summary>One combination of protocol, wire format, encoding and event loop, by name. The base, which the targets are about, is what the defaults say.</summary>
/// <param name="Protocol">A name of <see cref="Dimensions.Protocols"/>.</param>
/// <param name="Format">A name of <see cref="Dimensions.Formats"/>.</param>
/// <param name="Encoding">A name of <see cref="Dimensions.Encodings"/>.</param>
/// <param name="Loop">A name of <see cref="Dimensions.Loops"/>.</param>
/// <param name="Terms">A name of <see cref="Dimensions.Terms"/>: which safety feature is off.</param>
/// <param name="Tag">Tells apart listeners of one combination.</param>
internal sealed record Wire(string Protocol = "tcp", string Format = "native", string Encoding = "msgpack", string Loop = "pool", string Terms = "full", string Tag = "main")
{
    /// <summary>What differs from the base; empty for the base itself.</summary>
    public string Label
    {
        get
        {
            var own = new Wire();
            string[] parts =
            [
                Protocol == own.Protocol ? "" : Protocol,
                Format == own.Format ? "" : Format,
                Encoding == own.Encoding ? "" : Encoding,
                Loop == own.Loop ? "" : $"{Loop} loop",
                Terms == own.Terms ? "" : Terms,
            ];
            return string.Join(", ", parts.Where(part => part.Length > 0));
        }
    }

    /// <summary>The label, with a name for the base.</summary>
    public string Place => Label is { Length: > 0 } label ? label : "tcp";

    public static Wire Parse(string text)
    {
        string[] parts = text.Split('|');
        return new Wire(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    public override string ToString() => string.Join('|', Protocol, Format, Encoding, Loop, Terms, Tag);
}
