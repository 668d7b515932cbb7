namespace Smpi;

/// <summary>The reader and the writer of one connection in one object. The two directions are called from different threads at the same time.</summary>
public interface IWireSession : IMessageReader, IMessageWriter
{
    /// <summary>Whether a connection starts with a hello from each side.</summary>
    bool HasHello { get; }

    /// <summary>Appends hop control to the output. Serialised with <see cref="IMessageWriter.Write"/>.</summary>
    /// <param name="signal">What to say.</param>
    /// <param name="output">Where to append.</param>
    void Write(in HopSignal signal, OutBuffer output);

    /// <summary>What the read that last returned <see cref="ReadStatus.Signal"/> brought.</summary>
    HopSignal Received { get; }

    /// <summary>Whether this side must say something that no message asks for, such as the ticket of a request that is still without an answer.</summary>
    /// <remarks>Asked when a batch holds no further message; the connection then writes <see cref="HopSignalKind.Owed"/>, and the flush after the batch sends it.</remarks>
    bool Owes => false;
}
