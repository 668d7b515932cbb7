using System.Buffers;

namespace Smpi;

/// <summary>A duplex sequence of bytes, as a protocol over streams provides it to <see cref="StreamConnection"/>.</summary>
/// <remarks>
/// Receives never overlap each other, sends never overlap each other, a receive and a send may overlap. Disposal is idempotent, ends both, and is abortive only if octets
/// of the last send cannot be delivered. Failures are the framework's exceptions; <see cref="ExplainAsync"/> turns them into a reason.
/// </remarks>
public interface IByteTransport : IAsyncDisposable
{
    /// <summary>The peer, for people: an address, a path, a process id.</summary>
    string Remote { get; }

    /// <summary>Receives what is there, at least one octet, waiting if there is none.</summary>
    /// <param name="buffer">Where to put it. Empty: wait until something can be received, or return at once where that cannot be told; the result then means nothing.</param>
    /// <param name="cancellationToken">Ends the wait and the transport.</param>
    /// <returns>The number of octets; zero at the end.</returns>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends all octets, as one unit where the transport has units.</summary>
    /// <param name="bytes">The octets, lent until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait and the transport.</param>
    ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Says why the transport ended, after a receive returned zero or a call failed. May wait a moment, for the exit code of a process.</summary>
    /// <param name="error">What was thrown; null at the end of input.</param>
    /// <returns>The reason; null when nothing better than the exception is known.</returns>
    ValueTask<CloseReason?> ExplainAsync(Exception? error);
}
