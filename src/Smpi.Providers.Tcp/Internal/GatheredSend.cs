using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>One send at a time, of one piece of memory or several. It serves one socket after another: a socket that sends nothing has none.</summary>
internal sealed class GatheredSend : SocketAsyncEventArgs, IValueTaskSource<int>
{
    /// <summary>More pieces than this would cost the framework an allocation for each send.</summary>
    private const int MostPieces = 32;

    // Most sends begin and end on one thread, so that one for each thread is enough and is found without a lock.
    [ThreadStatic]
    private static GatheredSend? _spare;

    private readonly List<ArraySegment<byte>> _pieces = [];
    private ManualResetValueTaskSourceCore<int> _source = new() { RunContinuationsAsynchronously = false };

    private GatheredSend()
        : base(true)
    {
    }

    /// <summary>Takes the spare one of this thread, or makes one.</summary>
    public static GatheredSend Rent()
    {
        GatheredSend send = _spare ?? new GatheredSend();
        _spare = null;
        return send;
    }

    /// <summary>Gives it back after its send has ended; it forgets what it sent.</summary>
    public void Return()
    {
        if (_pieces.Count == 0) SetBuffer(default);
        else BufferList = null;
        _pieces.Clear();
        if (_spare is null) _spare = this;
        else Dispose();
    }

    /// <summary>Sends the first pieces of what is left, or a part of them.</summary>
    /// <returns>The number of octets sent.</returns>
    public ValueTask<int> SendAsync(Socket socket, in ReadOnlySequence<byte> rest)
    {
        _source.Reset();
        if (rest.IsSingleSegment || !TryGather(in rest))
        {
            _pieces.Clear();
            SetBuffer(MemoryMarshal.AsMemory(FirstPiece(in rest)));
        }
        else
        {
            BufferList = _pieces;
        }

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

    private static ReadOnlyMemory<byte> FirstPiece(in ReadOnlySequence<byte> rest)
    {
        foreach (ReadOnlyMemory<byte> piece in rest)
        {
            if (!piece.IsEmpty) return piece;
        }

        return default;
    }

    /// <summary>Collects pieces; false where some memory is no array.</summary>
    private bool TryGather(in ReadOnlySequence<byte> rest)
    {
        foreach (ReadOnlyMemory<byte> piece in rest)
        {
            if (piece.IsEmpty) continue;
            if (_pieces.Count == MostPieces) break;
            if (!MemoryMarshal.TryGetArray(piece, out ArraySegment<byte> array)) return false;
            _pieces.Add(array);
        }

        return _pieces.Count > 0;
    }
}
