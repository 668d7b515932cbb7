using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>Reads a pipe on a thread of its own: a pipe cannot be waited for otherwise, and a waiting pool thread would be missing elsewhere.</summary>
/// <remarks>A read that cannot be ended, because somebody still holds the other end, is left behind on its thread; whoever waited for it is released.</remarks>
internal sealed class PipeReader : IValueTaskSource<int>, IDisposable
{
    private const int Size = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _consumed = new(0);
    private readonly byte[] _buffer = new byte[Size];
    private readonly Stream _stream;
    private ManualResetValueTaskSourceCore<int> _source = new() { RunContinuationsAsynchronously = true };
    private Memory<byte> _target;
    private Exception? _error;
    private int _start;
    private int _end;
    private bool _waiting;
    private bool _ended;
    private bool _disposed;

    public PipeReader(Stream stream, string name)
    {
        _stream = stream;
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = name }.Start();
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_start < _end && !buffer.IsEmpty) return new ValueTask<int>(Copy(buffer));
            if (_start < _end) return new ValueTask<int>(0);
            if (_error is not null) return ValueTask.FromException<int>(_error);
            if (_ended) return new ValueTask<int>(0);
            _target = buffer;
            _waiting = true;
            return new ValueTask<int>(this, _source.Version);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _error ??= new ObjectDisposedException(nameof(PipeReader));
            Wake();
        }

        _consumed.Release();
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        lock (_gate)
        {
            try
            {
                _source.GetResult(token);
                if (_error is not null && _start == _end) throw _error;
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
                if (_disposed) break;
                (_start, _end) = (0, count);
                _error = error;
                _ended = count == 0;
                Wake();
                if (_ended) break;
            }

            _consumed.Wait();
            if (Volatile.Read(ref _disposed)) break;
        }

        _stream.Dispose();
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
