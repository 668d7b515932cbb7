using System.Buffers;

namespace Smpi;

/// <summary>Frames as the inbox and the outbox see them: receives of octets with the end of the frame noted aside, and one send for each frame.</summary>
internal sealed class FrameSource(IFrameTransport transport, bool isText) : IByteTransport
{
    public string Remote => transport.Remote;

    /// <summary>Whether the last receive ended a frame.</summary>
    public bool EndsFrame { get; private set; }

    /// <summary>Whether the peer closed in good order.</summary>
    public bool EndOfInput { get; private set; }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ValueTask<FramePiece> receive = transport.ReceiveAsync(buffer, cancellationToken);
        if (buffer.IsEmpty) return ForgetAsync(receive);
        return receive.IsCompletedSuccessfully ? new ValueTask<int>(Note(receive.Result)) : FinishAsync(receive);
    }

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) => transport.SendAsync(bytes, isText, cancellationToken);

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => transport.ExplainAsync(error);

    public ValueTask DisposeAsync() => transport.DisposeAsync();

    private static async ValueTask<int> ForgetAsync(ValueTask<FramePiece> receive)
    {
        await receive.ConfigureAwait(false);
        return 0;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FinishAsync(ValueTask<FramePiece> receive) => Note(await receive.ConfigureAwait(false));

    private int Note(FramePiece piece)
    {
        EndsFrame = piece.EndsFrame;
        EndOfInput = piece == FramePiece.EndOfInput;
        return Math.Max(piece.Count, 0);
    }
}
