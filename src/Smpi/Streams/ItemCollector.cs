namespace Smpi;

/// <summary>Collects the framed items of a pump and writes them together: one entry into the outbox for many items.</summary>
/// <remarks>
/// The pump alone adds. Whoever hands over what a source holds up by not returning does so only while the pump is not at work: it never waits, so that codecs, which
/// may be the user's, may run inside the gate.
/// </remarks>
internal sealed class ItemCollector<T>(Link link, IItemWriter writer, ICodec<T> codec)
{
    // So much is worth an entry into the outbox.
    private const int Enough = 48 * 1024;

    // A larger item is written by itself, straight into the outbox.
    private const int LargestItem = 4 * 1024;

    private readonly ItemBuffer _buffer = new(writer.Frame);
    private Gate _gate;
    private bool _adds;

    public bool Holds => _buffer.Length > 0;

    /// <summary>Whether the items of the stream are large at the moment, so that collecting them would only copy them.</summary>
    public bool IsLarge { get; private set; }

    /// <summary>Encodes an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="credit">What is left of the stream's credit; a debt that the item makes is counted in the connection's overdrafts.</param>
    /// <param name="waiting">Bytes that wait in the outbox, where the item was the last to be collected; otherwise zero.</param>
    /// <returns>What the item costs; zero when it cannot be collected and is to be written by itself, after <see cref="Write"/>.</returns>
    public int TryAdd(T item, long credit, out int waiting)
    {
        // Without a finally, which would keep what the pump works with in memory: see Failed.
        _gate.Enter();
        _adds = true;
        if (_buffer.Length == 0) link.Touch();
        _buffer.Begin();
        codec.Write(_buffer, item);
        bool added = _buffer.TryEnd(out int body);
        int cost = body + CreditCost.Message;
        if (added && cost > credit && !link.Flow.Owed.TryTake(cost - credit))
        {
            _buffer.TakeBack();
            added = false;
        }

        IsLarge = body > LargestItem;
        waiting = _buffer.Length < Enough ? 0 : WriteAll().Waiting;
        _adds = false;
        _gate.Exit();

        // Not inside: a send that fails ends the link, and runs what waits for that.
        if (waiting > 0) link.Outlet.FlushIfMuch(waiting);
        return added ? cost : 0;
    }

    /// <summary>Leaves the gate where <see cref="TryAdd"/> threw; called by the pump, before anything else.</summary>
    public void Failed()
    {
        if (!_adds) return;
        _adds = false;
        _gate.Exit();
    }

    /// <summary>Takes notice of an item that was written by itself.</summary>
    public void Wrote(int body) => IsLarge = body > LargestItem;

    /// <summary>Writes what is collected.</summary>
    public void Write()
    {
        _gate.Enter();
        try
        {
            WriteAll();
            _buffer.Release();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Writes what is collected, unless the pump is at work; from any thread.</summary>
    public void HandOver()
    {
        if (!_gate.TryEnter()) return;
        try
        {
            WriteAll();
        }
        catch (Exception)
        {
            // The connection is broken: the pump finds out by itself.
        }
        finally
        {
            _gate.Exit();
        }
    }

    private Written WriteAll()
    {
        if (_buffer.Length == 0) return default;
        Written written = link.Outlet.Write(writer, _buffer.Items);
        _buffer.Clear();
        return written;
    }
}
