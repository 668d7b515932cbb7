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
}
