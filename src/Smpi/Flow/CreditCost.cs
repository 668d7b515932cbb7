namespace Smpi;

/// <summary>What a message costs in credit: its body, its headers, and what a receiver spends on any message however small it is.</summary>
internal static class CreditCost
{
    /// <summary>The cost of a message beside its body and headers, in bytes.</summary>
    public const int Message = 64;

    /// <summary>The cost of an item or event.</summary>
    /// <param name="body">Bytes of the encoded body; zero where a value travels as a reference.</param>
    /// <param name="headers">Its headers, or null.</param>
    public static long Of(long body, Headers? headers) => body + Message + (headers is null ? 0 : HeaderBlock.Size(headers));

    /// <summary>The cost of items without headers that came together.</summary>
    public static long Of(in ItemRun run) => run.BodyOctets + ((long)run.Count * Message);
}
