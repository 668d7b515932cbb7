namespace Smpi;

/// <summary>Where the octets of a message stand that may come in several parts: merging messages is reading their octets joined.</summary>
internal struct MessageParts
{
    public int Start;
    public int Length;

    /// <summary>The parts joined; null while there is one.</summary>
    public byte[]? Joined;

    public bool HasAny;
}
