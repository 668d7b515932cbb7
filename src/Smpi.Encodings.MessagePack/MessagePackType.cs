namespace Smpi;

/// <summary>The families of values that MessagePack knows.</summary>
public enum MessagePackType
{
    /// <summary>Nil, null in C#.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer of any width, signed or not.</summary>
    Integer,

    /// <summary>A float of 32 or 64 bits.</summary>
    Float,

    /// <summary>A UTF-8 string.</summary>
    String,

    /// <summary>Octets.</summary>
    Binary,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A map.</summary>
    Map,

    /// <summary>An extension, such as a timestamp.</summary>
    Extension,
}
