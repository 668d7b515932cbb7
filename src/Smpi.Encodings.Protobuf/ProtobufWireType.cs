namespace Smpi;

/// <summary>How the octets of a field end; the low three bits of its tag.</summary>
public enum ProtobufWireType
{
    /// <summary>An integer of one to ten octets.</summary>
    Varint = 0,

    /// <summary>Eight octets.</summary>
    Fixed64 = 1,

    /// <summary>A length and as many octets: text, octets, a message, packed numbers.</summary>
    Length = 2,

    /// <summary>The beginning of a group; groups are skipped.</summary>
    StartGroup = 3,

    /// <summary>The end of a group.</summary>
    EndGroup = 4,

    /// <summary>Four octets.</summary>
    Fixed32 = 5,
}
