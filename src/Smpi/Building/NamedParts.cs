namespace Smpi;

/// <summary>Parts of a channel by name, as configuration spells them out. They win over code and over the address.</summary>
public sealed class NamedParts
{
    /// <summary>A protocol with its rest, such as <c>tcp://127.0.0.1:4711</c>; null when the address says it.</summary>
    public string? Protocol { get; set; }

    /// <summary>The name of a wire format; null when the address says it.</summary>
    public string? Format { get; set; }

    /// <summary>Names of encodings, best first; empty when the address says it.</summary>
    public IReadOnlyList<string> Encodings { get; set; } = [];

    /// <summary>The name of an event loop; null when the address says it.</summary>
    public string? EventLoop { get; set; }

    /// <summary>Names of layers, innermost first.</summary>
    public IReadOnlyList<string> Layers { get; set; } = [];

    /// <summary>Where the names stand, for error messages, such as <c>Smpi:Channels:worker</c>.</summary>
    internal string Where { get; set; } = "";

    /// <summary>The key of the address in configuration; null when code gave it.</summary>
    internal string? AddressKey { get; set; }

    /// <summary>What else configuration says; applied last.</summary>
    internal IList<Action<PlanDraft>> Changes { get; } = [];
}
