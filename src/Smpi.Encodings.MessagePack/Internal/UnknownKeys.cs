namespace Smpi;

/// <summary>Remembers the unknown keys of one map, to refuse one that is there twice.</summary>
/// <remarks>Eight octets for each key. Keys made to have one hash only get the body that holds them refused.</remarks>
internal struct UnknownKeys
{
    private List<ulong>? _hashes;
    private ulong _first;
    private int _count;

    public void Add(scoped ReadOnlySpan<byte> key)
    {
        ulong hash = 14695981039346656037;
        foreach (byte octet in key) hash = (hash ^ octet) * 1099511628211;
        if (_count++ == 0)
        {
            _first = hash;
            return;
        }

        _hashes ??= [_first];
        _hashes.Add(hash);
    }

    public readonly void Check()
    {
        if (_hashes is null) return;
        _hashes.Sort();
        for (int i = 1; i < _hashes.Count; i++)
        {
            if (_hashes[i] == _hashes[i - 1]) throw new EncodingException("The map has an unknown key twice.");
        }
    }
}
