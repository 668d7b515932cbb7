using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>Sends several pieces of memory with one system call. Used again and again by one sender at a time.</summary>
internal sealed class GatheredSend(Socket socket) : SocketAsyncEventArgs(true), IValueTaskSource<int>
{
    /// <summary>More pieces than this would cost the framework an allocation for each send.</summary>
    private const int MostPieces = 32;

    private readonly List<ArraySegment<byte>> _pieces = new(MostPieces);
    private ManualResetValueTaskSourceCore<int> _source = new() { RunContinuationsAsynchronously = false };

    /// <summary>Sends the first pieces of what is left, or a part of them.</summary>
    /// <returns>The number of octets sent; zero where the memory is no array, so that the caller sends piece by piece.</returns>
    public ValueTask<int> SendAsync(in ReadOnlySequence<byte> rest)
    {
        _pieces.Clear();
        foreach (ReadOnlyMemory<byte> piece in rest)
        {
            if (piece.IsEmpty) continue;
            if (_pieces.Count == MostPieces) break;
            if (!MemoryMarshal.TryGetArray(piece, out ArraySegment<byte> array)) return new ValueTask<int>(0);
            _pieces.Add(array);
        }

        _source.Reset();
        BufferList = _pieces;
        if (socket.SendAsync(this)) return new ValueTask<int>(this, _source.Version);
        return SocketError == SocketError.Success ? new ValueTask<int>(BytesTransferred) : ValueTask.FromException<int>(new SocketException((int)SocketError));
    }

    public int GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError == SocketError.Success) _source.SetResult(BytesTransferred);
        else _source.SetException(new SocketException((int)SocketError));
    }
}
