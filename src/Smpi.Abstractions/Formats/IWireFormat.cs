namespace Smpi;

/// <summary>Messages to bytes and back. Pure: no I/O; the state of one connection lives in its reader and writer.</summary>
public interface IWireFormat
{
    /// <summary>The name used in addresses, such as <c>native</c>.</summary>
    string Name { get; }

    /// <summary>What the format can say.</summary>
    FormatTraits Traits { get; }

    /// <summary>Makes the reader of one connection.</summary>
    /// <param name="limits">What this side takes.</param>
    IMessageReader CreateReader(SmpiLimits limits);

    /// <summary>Makes the writer of one connection.</summary>
    /// <param name="limits">What the peer takes, as far as it is known.</param>
    IMessageWriter CreateWriter(SmpiLimits limits);
}
