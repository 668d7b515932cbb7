using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>Reads a pipe on a thread of its own: a pipe cannot be waited for otherwise, and a waiting pool thread would be missing elsewhere.</summary>
/// <remarks>
/// A read that cannot be ended, because somebody still holds the other end, is left behind on its thread; whoever waited for it is released. After disposal
/// the thread closes the stream when its read returns, or with <c>drain</c> reads on to the end first.
/// </remarks>
internal sealed class PipeReader : IValueTaskSource<int>, IDisposable
{
    private const int Size = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _consumed = new(0);
    private readonly byte[] _buffer = new byte[Size];
    private readonly Stream _stream;
    private readonly bool _drain;
    private ManualResetValueTaskSourceCore<int> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private Memory<byte> _target;
    private Exception? _error;
    private int _start;
    private int _end;
    private bool _waiting;
    private bool _ended;
    private bool _abandoned;
    private bool _disposed;

    public PipeReader(Stream stream, string name, bool drain = false)
    {
        _stream = stream;
        _drain = drain;
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Whether the end of input was reached, or reading failed.</summary>
    public bool Ended
    {
        get
        {
            lock (_gate) return _ended;
        }
    }

    /// <summary>Receives what is there; with an empty buffer, waits until there is something.</summary>
    /// <param name="buffer">Where to put it.</param>
    /// <param name="ct">Ends this wait and all later ones.</param>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_abandoned) return ValueTask.FromException<int>(_error!);
            if (_start < _end && !buffer.IsEmpty) return new ValueTask<int>(Copy(buffer));
            if (_start < _end) return new ValueTask<int>(0);
            if (_error is not null) return ValueTask.FromException<int>(_error);
            if (_ended) return new ValueTask<int>(0);
            _target = buffer;
            _waiting = true;
        }

        // Outside the lock: a token that has fired already calls back here.
        _cancellation = ct.UnsafeRegister(static (reader, token) => ((PipeReader)reader!).End(new OperationCanceledException(token)), this);
        return new ValueTask<int>(this, _source.Version);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        End(new ObjectDisposedException(nameof(PipeReader)));
        _consumed.Release();
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _cancellation.Dispose();
        lock (_gate)
        {
            try
            {
                _source.GetResult(token);
                if (_error is not null && (_abandoned || _start == _end)) throw _error;
                return _start < _end && !_target.IsEmpty ? Copy(_target) : 0;
            }
            finally
            {
                _target = default;
                _source.Reset();
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Run()
    {
        while (true)
        {
            int count = 0;
            Exception? error = null;
            try
            {
                count = _stream.Read(_buffer);
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                error = failure;
            }

            lock (_gate)
            {
                _ended = count == 0;
                if (_disposed && !(_drain && count > 0)) break;
                if (_disposed) continue;
                (_start, _end) = (0, count);
                _error ??= error;
                Wake();
                if (_ended) break;
            }

            _consumed.Wait();
            if (Volatile.Read(ref _disposed) && !_drain) break;
        }

        _stream.Dispose();
    }

    private void End(Exception reason)
    {
        lock (_gate)
        {
            // Octets that nobody waits for any more must not be copied into a buffer that was lent.
            _error ??= reason;
            _abandoned = true;
            _target = default;
            Wake();
        }
    }

    private void Wake()
    {
        if (!_waiting) return;
        _waiting = false;
        _source.SetResult(0);
    }

    private int Copy(Memory<byte> target)
    {
        int count = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(target);
        _start += count;
        if (_start == _end) _consumed.Release();
        return count;
    }
}
