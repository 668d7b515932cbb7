namespace Smpi;

/// <summary>Finds the encodings that fit a format.</summary>
internal sealed class EncodingChoice(SmpiProviders providers)
{
    /// <summary>The encodings to use, best first, at least one.</summary>
    /// <param name="whose">The channel, for error messages.</param>
    /// <param name="format">The format.</param>
    /// <param name="chosen">What was named; empty for the default.</param>
    public IReadOnlyList<IEncoding> Choose(string whose, IWireFormat format, List<IEncoding> chosen)
    {
        List<IEncoding> encodings = chosen.Count > 0 ? chosen : Default(whose, format);
        if (encodings.Count == 0) throw new SmpiConfigurationException($"{whose} has no encoding: call UseJson() of the package Smpi.Encodings.Json, or another one.");
        if (format.Traits.RequiredContentType is not { } required) return encodings;
        List<IEncoding> fitting = encodings.FindAll(encoding => encoding.ContentType.Equals(required, StringComparison.OrdinalIgnoreCase));
        if (fitting.Count > 0) return fitting;
        string made = string.Join(", ", encodings.Select(encoding => $"'{encoding.Name}' makes {encoding.ContentType}"));
        throw new SmpiConfigurationException($"The format '{format.Name}' carries bodies of {required} only, and the encoding {made}: use the matching encoding, or another format.");
    }

    private List<IEncoding> Default(string whose, IWireFormat format)
    {
        // Hello agrees on one of all that were added, JSON first.
        if (format.Traits.DefaultEncoding is not { } wanted) return [.. providers.All<EncodingEntry>().OrderBy(entry => entry.Name == "json" ? 0 : 1).Select(entry => entry.Create())];
        if (providers.Find<EncodingEntry>(wanted) is { } entry) return [entry.Create()];
        throw new SmpiConfigurationException($"{whose} names no encoding, and the format '{format.Name}' uses '{wanted}' then. {providers.Unknown(wanted, typeof(EncodingEntry)).Message}");
    }
}
