namespace Smpi;

/// <summary>A plan in the making: what code said, then changed by the address, then by configuration. The builder's own settings stay as they are.</summary>
internal sealed class PlanDraft(string name, ChannelParts parts, ChannelOptions options)
{
    public string Name => name;

    /// <summary>The channel, for error messages.</summary>
    public string Whose => name.Length == 0 ? "The channel" : $"The channel '{name}'";

    public IProtocol? Protocol { get; set; } = parts.Protocol;

    /// <summary>The protocol's token and rest, where an address gave them.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The address in full, where one was given.</summary>
    public string? Address { get; set; }

    public bool Listen => parts.Listen;

    /// <summary>Whether another protocol takes the place of whatever is chosen, as in tests.</summary>
    public bool IsReplaced => parts.Replacement is not null;

    public IWireFormat? Format { get; set; } = parts.Format;

    /// <summary>Best first.</summary>
    public List<IEncoding> Encodings { get; set; } = [.. parts.Encodings];

    /// <summary>The name of the loop, which wins over the loop that code gave. It is made last, so that a plan that fails starts no thread.</summary>
    public string? LoopName { get; set; }

    public List<Func<IConnection, IConnection>> Layers { get; } = [.. parts.Layers];

    public SmpiLimits Limits { get; set; } = parts.Limits;

    public ChannelOptions Options { get; } = options.Clone();
}
