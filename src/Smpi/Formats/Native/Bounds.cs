namespace Smpi;

/// <summary>The fixed bounds of version 1, in octets unless they say otherwise. The bounds that a side chooses are in its hello.</summary>
internal static class Bounds
{
    /// <summary>The frame's length field.</summary>
    public const int Prefix = 4;

    /// <summary>Length, type and flags.</summary>
    public const int Head = 6;

    /// <summary>The body in one frame.</summary>
    public const int Part = 64 * 1024;

    /// <summary>A frame without its length field, less the header limit of its receiver.</summary>
    public const int Frame = 128 * 1024;

    /// <summary>A varint.</summary>
    public const int Varint = 10;

    /// <summary>Numbered subjects in each direction.</summary>
    public const int Subjects = 4096;

    /// <summary>A subject, whatever its receiver takes.</summary>
    public const int Subject = 16 * 1024;

    /// <summary>A textual id.</summary>
    public const int Id = 256;

    /// <summary>An error code that has no number.</summary>
    public const int Code = 256;

    /// <summary>The text of a fault.</summary>
    public const int FaultText = 4096;

    /// <summary>The text of a goodbye.</summary>
    public const int GoodbyeText = 1024;

    /// <summary>The agent of a hello.</summary>
    public const int Agent = 256;

    /// <summary>The name of an encoding.</summary>
    public const int Encoding = 64;

    /// <summary>Encodings in a hello.</summary>
    public const int Encodings = 32;

    /// <summary>The session of a hello, exactly.</summary>
    public const int Session = 16;

    /// <summary>The resume token of a hello.</summary>
    public const int ResumeToken = 256;

    /// <summary>Split messages that are put together at the same time.</summary>
    public const int OpenParts = 256;

    /// <summary>Split messages whose remaining parts are being ignored.</summary>
    public const int DroppedParts = 1024;
}
