namespace Smpi;

/// <summary>The native wire format, version 1: compact, binary, length-prefixed, with a hello, credit and bodies in parts.</summary>
/// <remarks>Specified octet by octet in <c>docs/wire/native.md</c>. It has no state but a memory of equal hellos; each connection's lies in its session.</remarks>
public sealed class NativeFormat : ISessionFormat
{
    /// <summary>The format's name in addresses.</summary>
    public const string FormatName = "native";

    private static readonly FormatTraits _traits = FormatTraits.Full with { Ping = true, Subprotocol = "smpi.v1" };
    private readonly HelloMemory _hellos = new();

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public FormatTraits Traits => _traits;

    /// <summary>Makes a reader of messages without hello, for frames that something else has opened already. Hop control is skipped.</summary>
    /// <param name="limits">What this side takes.</param>
    public IMessageReader CreateReader(SmpiLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new NativeReader(limits, null);
    }

    /// <inheritdoc/>
    public IMessageWriter CreateWriter(SmpiLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new NativeWriter(limits);
    }

    /// <inheritdoc/>
    public IWireSession CreateSession(ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new NativeSession(options.Limits, _hellos);
    }
}
