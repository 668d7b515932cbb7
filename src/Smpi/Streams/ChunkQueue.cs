namespace Smpi;

/// <summary>Chunks that were handed over and not taken yet, and some to be used again. Its owner guards it. A mutable struct: a field that is not readonly.</summary>
internal struct ChunkQueue<T>
{
    private const int MostSpare = 2;

    private ItemChunk<T>? _first;
    private ItemChunk<T>? _last;
    private ItemChunk<T>? _spare;
    private int _spares;

    /// <summary>What the items that wait cost together; also read without the owner's guard.</summary>
    public long Cost;

    /// <summary>Whether the next chunk is decoded on another thread than the consumer's.</summary>
    public readonly bool IsDecodedElsewhere => _first is { IsDecodedElsewhere: true };

    public void Add(ItemChunk<T> first, ItemChunk<T> last, long cost)
    {
        if (_last is { } end) end.Next = first;
        else _first = first;
        _last = last;
        Cost += cost;
    }

    /// <summary>Takes one chunk: those behind it can still be dropped.</summary>
    public ItemChunk<T>? Take()
    {
        if (_first is not { } chunk) return null;
        _first = chunk.Next;
        chunk.Next = null;
        if (_first is null) (_last, Cost) = (null, 0);
        else Cost -= chunk.Cost;
        return chunk;
    }

    /// <summary>Forgets what waits. Nobody else looks at it, so that its memory goes back at once.</summary>
    public void Drop()
    {
        while (Take() is { } chunk) chunk.Clear();
    }

    /// <summary>Takes an empty chunk, to be used again.</summary>
    public void GiveSpare(ItemChunk<T> chunk)
    {
        if (_spares == MostSpare) return;
        _spares++;
        chunk.Next = _spare;
        _spare = chunk;
    }

    /// <summary>An empty chunk; null when none is there.</summary>
    public ItemChunk<T>? TakeSpare()
    {
        if (_spare is not { } chunk) return null;
        _spares--;
        _spare = chunk.Next;
        chunk.Next = null;
        return chunk;
    }
}
