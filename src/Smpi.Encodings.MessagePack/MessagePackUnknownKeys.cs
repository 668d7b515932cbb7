using System.Text.Unicode;

namespace Smpi;

/// <summary>Remembers the unknown keys of one map, to refuse one that is there twice. For shapes of records; the default value is ready.</summary>
/// <remarks>Eight octets for each key. Keys made to have one hash only get the body that holds them refused.</remarks>
public struct MessagePackUnknownKeys
{
    private List<ulong>? _hashes;
    private ulong _first;
    private int _count;

    /// <summary>Reads the name of a member; a key that is no string is remembered and passed over with its value.</summary>
    /// <param name="reader">Stands before a key.</param>
    /// <param name="name">The name in UTF-8.</param>
    /// <returns>False when the key was no string.</returns>
    public bool TryReadName(scoped ref MessagePackReader reader, out ReadOnlySpan<byte> name)
    {
        if (reader.NextType == MessagePackType.String)
        {
            // Checked where no member has it: those that match are valid.
            name = reader.ReadUnchecked();
            return true;
        }

        name = default;
        Add(reader.SkipToSpan());
        reader.Skip();
        return false;
    }

    /// <summary>Remembers a name that no member has, and passes over its value.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <param name="name">The name.</param>
    public void Skip(scoped ref MessagePackReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (!Utf8.IsValid(name)) throw MessagePackFailure.NoText();
        Add(name);
        reader.Skip();
    }

    /// <summary>Refuses the map if an unknown key was there twice. Call it after the last pair.</summary>
    /// <exception cref="EncodingException">A key was there twice.</exception>
    public readonly void Check()
    {
        if (_hashes is null) return;
        _hashes.Sort();
        for (int i = 1; i < _hashes.Count; i++)
        {
            if (_hashes[i] == _hashes[i - 1]) throw new EncodingException("The map has an unknown key twice.");
        }
    }

    private void Add(scoped ReadOnlySpan<byte> key)
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
}
