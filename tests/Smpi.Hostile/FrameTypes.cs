namespace Smpi.Hostile;

/// <summary>The types of frames, as the specification numbers them.</summary>
public static class FrameTypes
{
    public const byte Request = 0x01;
    public const byte Response = 0x02;
    public const byte Error = 0x03;
    public const byte Item = 0x04;
    public const byte End = 0x05;
    public const byte Cancel = 0x06;
    public const byte Credit = 0x07;
    public const byte Event = 0x08;
    public const byte Part = 0x09;
    public const byte Hello = 0x10;
    public const byte Ping = 0x11;
    public const byte Pong = 0x12;
    public const byte Goodbye = 0x13;
    public const byte Ignored = 0x40;

    public const int More = 0x01;
    public const int Reply = 0x02;
    public const int HasHeaders = 0x04;
    public const int HasAmount = 0x08;
    public const int TextId = 0x10;
    public const int NoId = 0x20;
}
