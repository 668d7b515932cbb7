namespace Smpi;

/// <summary>One direction of a memory connection. Three batches go round: the writer fills one, one lies in between, the reader has borrowed one.</summary>
internal sealed class MemoryLane
{
    private const long Window = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly MemorySignal _arrived = new();
    private readonly MemorySignal _taken = new();
    private MemoryBatch _between = new();
    private bool _full;
    private CloseReason? _end;
    private CloseReason? _readFailure;
    private CloseReason? _writeFailure;

    /// <summary>Hands the writer's batch over.</summary>
    /// <returns>False when the reader is behind and the writer has to wait for <see cref="TakenAsync"/>.</returns>
    /// <exception cref="ChannelClosedException">The reader is gone, or the writer's side was closed.</exception>
    public bool TryHandOver(ref MemoryBatch batch)
    {
        lock (_gate)
        {
            if (_writeFailure is not null) throw new ChannelClosedException(_writeFailure);
            if (batch.IsEmpty) return true;
            if (!_full)
            {
                (_between, batch) = (batch, _between);

                // Once a direction is used all its batches will be, some only when one side is late: nothing is left to make then.
                batch.Prepare();
            }
            else if (_between.Octets + batch.Octets <= Window) _between.Append(batch);
            else return false;
            _full = true;
        }

        _arrived.Set();
        return true;
    }

    /// <summary>Takes what was handed over, in exchange for the reader's cleared batch.</summary>
    /// <param name="batch">The reader's batch.</param>
    /// <param name="end">Why nothing more comes; null as long as something may.</param>
    /// <returns>True when there is a batch.</returns>
    /// <exception cref="ChannelClosedException">The wire was cut, or the reader's side was closed.</exception>
    public bool TryTake(ref MemoryBatch batch, out CloseReason? end)
    {
        lock (_gate)
        {
            if (_readFailure is not null) throw new ChannelClosedException(_readFailure);
            end = _full ? null : _end;
            if (!_full) return false;
            (_between, batch) = (batch, _between);
            _between.Prepare();
            _full = false;
        }

        _taken.Set();
        return true;
    }

    public ValueTask ArrivedAsync(CancellationToken ct) => _arrived.WaitAsync(ct);

    public ValueTask TakenAsync(CancellationToken ct) => _taken.WaitAsync(ct);

    /// <summary>The writer ends in good order: the reader drains what was handed over.</summary>
    public void End(CloseReason forReader, CloseReason forWriter) => Close(forReader, null, forWriter);

    /// <summary>Nothing is read any more, and writing is in vain.</summary>
    public void Cut(CloseReason forReader, CloseReason forWriter) => Close(null, forReader, forWriter);

    /// <summary>The reader gave up; the writer learns it when the reader's side is closed.</summary>
    public void FailReads(CloseReason reason) => Close(null, reason, null);

    private void Close(CloseReason? end, CloseReason? readFailure, CloseReason? writeFailure)
    {
        lock (_gate)
        {
            _end ??= end;
            _readFailure ??= readFailure;
            _writeFailure ??= writeFailure;
        }

        _arrived.Set();
        _taken.Set();
    }
}
