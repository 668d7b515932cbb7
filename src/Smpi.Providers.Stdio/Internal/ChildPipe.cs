using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The reading end of one output of a child.</summary>
/// <remarks>
/// On Unix the framework waits for pipes without a thread. On Windows the pipes of a child cannot be waited for otherwise than by blocking, so a thread reads each.
/// A process that inherited the writing end can hold it open for ever: <see cref="EndWhenSilentAsync"/> ends the reading nevertheless.
/// </remarks>
internal sealed class ChildPipe : IDisposable
{
    private const int PeekSize = 64;
    private const int DrainSize = 4 * 1024;

    private readonly CancellationTokenSource _end = new();
    private readonly Stream _stream;
    private readonly PipeReader? _thread;
    private readonly byte[] _peeked = new byte[PeekSize];
    private int _peekStart;
    private int _peekEnd;
    private int _reads;
    private bool _waiting;
    private bool _silent;

    public ChildPipe(Stream stream, string name)
    {
        _stream = stream;
        if (OperatingSystem.IsWindows()) _thread = new PipeReader(stream, name, drain: true);
    }

    /// <summary>Receives what is there; with an empty buffer, waits for something while holding no more than a few octets.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_peekStart == _peekEnd && !buffer.IsEmpty) return await ReadAsync(buffer, ct).ConfigureAwait(false);
        if (_peekStart == _peekEnd)
        {
            _peekStart = _peekEnd = 0;
            _peekEnd = await ReadAsync(_peeked, ct).ConfigureAwait(false);
            return 0;
        }

        int count = Math.Min(buffer.Length, _peekEnd - _peekStart);
        _peeked.AsMemory(_peekStart, count).CopyTo(buffer);
        _peekStart += count;
        return count;
    }

    /// <summary>Ends the reading once a read has waited in vain for a moment. For a child that is gone.</summary>
    public async Task EndWhenSilentAsync(TimeSpan moment, TimeProvider time)
    {
        while (!_end.IsCancellationRequested)
        {
            (int reads, bool waited) = (Volatile.Read(ref _reads), Volatile.Read(ref _waiting));
            await Task.Delay(moment, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!waited || !Volatile.Read(ref _waiting) || reads != Volatile.Read(ref _reads)) continue;
            Volatile.Write(ref _silent, true);
            await _end.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends a pending receive, and reads and forgets the rest, so that a child which still writes does not stall.</summary>
    /// <param name="words">Keeps the beginning of it; null for nobody.</param>
    public async Task DrainAsync(FirstWords? words)
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_thread is not null)
        {
            _thread.Dispose();
            return;
        }

        byte[] nowhere = ArrayPool<byte>.Shared.Rent(DrainSize);
        try
        {
            int count;
            while ((count = await _stream.ReadAsync(nowhere).ConfigureAwait(false)) > 0) words?.Add(nowhere.AsSpan(0, count));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Closed while it waited.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(nowhere);
        }
    }

    /// <summary>Ends everything pending and closes the pipe; a thread that cannot be woken closes it later.</summary>
    public void Dispose()
    {
        _end.Cancel();
        if (_thread is not null) _thread.Dispose();
        else _stream.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        Volatile.Write(ref _waiting, true);
        try
        {
            return _thread is null ? await _stream.ReadAsync(buffer, _end.Token).ConfigureAwait(false) : await _thread.ReceiveAsync(buffer, _end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (Volatile.Read(ref _silent) && error is OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            Volatile.Write(ref _waiting, false);
            Interlocked.Increment(ref _reads);
        }
    }
}
