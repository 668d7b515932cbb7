namespace Smpi;

/// <summary>Reads how much a value announces, after its first octet.</summary>
internal static class MessagePackLength
{
    public static uint OfString(byte code, scoped ref ReadOnlySpan<byte> rest) => code switch
    {
        >= MessagePackCode.FixStr and < MessagePackCode.Nil => code & 0x1fu,
        MessagePackCode.Str8 => Octets.Unsigned(ref rest, 1),
        MessagePackCode.Str16 => Octets.Unsigned(ref rest, 2),
        MessagePackCode.Str32 => Octets.Unsigned(ref rest, 4),
        _ => throw MessagePackFailure.Expected("A string", code),
    };

    public static uint OfBinary(byte code, scoped ref ReadOnlySpan<byte> rest) => code switch
    {
        MessagePackCode.Bin8 => Octets.Unsigned(ref rest, 1),
        MessagePackCode.Bin16 => Octets.Unsigned(ref rest, 2),
        MessagePackCode.Bin32 => Octets.Unsigned(ref rest, 4),
        _ => throw MessagePackFailure.Expected("Binary data", code),
    };

    public static uint OfArray(byte code, scoped ref ReadOnlySpan<byte> rest) => code switch
    {
        >= MessagePackCode.FixArray and < MessagePackCode.FixStr => code & 0xfu,
        MessagePackCode.Array16 => Octets.Unsigned(ref rest, 2),
        MessagePackCode.Array32 => Octets.Unsigned(ref rest, 4),
        _ => throw MessagePackFailure.Expected("An array", code),
    };

    public static uint OfMap(byte code, scoped ref ReadOnlySpan<byte> rest) => code switch
    {
        >= MessagePackCode.FixMap and < MessagePackCode.FixArray => code & 0xfu,
        MessagePackCode.Map16 => Octets.Unsigned(ref rest, 2),
        MessagePackCode.Map32 => Octets.Unsigned(ref rest, 4),
        _ => throw MessagePackFailure.Expected("A map", code),
    };

    public static uint OfExtension(byte code, scoped ref ReadOnlySpan<byte> rest) => code switch
    {
        >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => 1u << (code - MessagePackCode.FixExt1),
        MessagePackCode.Ext8 => Octets.Unsigned(ref rest, 1),
        MessagePackCode.Ext16 => Octets.Unsigned(ref rest, 2),
        MessagePackCode.Ext32 => Octets.Unsigned(ref rest, 4),
        _ => throw MessagePackFailure.Expected("An extension", code),
    };
}
