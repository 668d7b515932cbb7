namespace Smpi;

/// <summary>The bits of the octet after a frame's type.</summary>
internal static class FrameFlags
{
    /// <summary>The body goes on in part frames.</summary>
    public const byte More = 0x01;

    /// <summary>From the answering side to the calling side; implied by responses and errors.</summary>
    public const byte Reply = 0x02;

    /// <summary>A header block is present.</summary>
    public const byte Headers = 0x04;

    /// <summary>An amount is present.</summary>
    public const byte Amount = 0x08;

    /// <summary>The id is text.</summary>
    public const byte TextId = 0x10;

    /// <summary>There is no id: the event lane.</summary>
    public const byte NoId = 0x20;
}
