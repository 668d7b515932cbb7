using System.Buffers;

namespace Smpi;

/// <summary>A duplex sequence of frames, as a protocol with frames of its own provides it to <see cref="FrameConnection"/>.</summary>
/// <remarks>
/// Receives never overlap each other, sends never overlap each other, a receive and a send may overlap; a frame may arrive while the send that caused it still runs.
/// Disposal is idempotent and ends both. Failures are the framework's exceptions; <see cref="ExplainAsync"/> turns them into a reason.
/// </remarks>
public interface IFrameTransport : IAsyncDisposable
{
    /// <summary>The peer, for people: an address, a path, a process id.</summary>
    string Remote { get; }

    /// <summary>Receives the next piece of the current frame, waiting if there is none.</summary>
    /// <param name="buffer">Where to put it. Empty: wait until something can be received, or return at once where that cannot be told; the result then means nothing.</param>
    /// <param name="cancellationToken">Ends the wait and the transport.</param>
    /// <returns>How much was received and whether it ends the frame; <see cref="FramePiece.EndOfInput"/> when the peer closed in good order.</returns>
    ValueTask<FramePiece> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends exactly one frame.</summary>
    /// <param name="frame">The octets of the frame, lent until the task ends.</param>
    /// <param name="isText">Whether the octets are UTF-8 text, for transports that tell text from binary.</param>
    /// <param name="cancellationToken">Ends the wait and the transport.</param>
    ValueTask SendAsync(ReadOnlySequence<byte> frame, bool isText, CancellationToken cancellationToken);

    /// <summary>Says why the transport ended, after the end of input or when a call failed. May wait a moment, for a close code.</summary>
    /// <param name="error">What was thrown; null at the end of input.</param>
    /// <returns>The reason; null when nothing better than the exception is known.</returns>
    ValueTask<CloseReason?> ExplainAsync(Exception? error);
}
