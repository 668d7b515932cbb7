using System.Buffers;

namespace Smpi;

/// <summary>One type of a union.</summary>
/// <param name="Type">The type.</param>
/// <param name="Tag">Its discriminator: a string or an <see cref="int"/>.</param>
/// <param name="Pair">The encoded pair of the discriminator's name and the discriminator.</param>
/// <param name="Value">The encoded discriminator.</param>
/// <param name="Shape">How the type is read and written.</param>
internal sealed record UnionCase(Type Type, object Tag, byte[] Pair, byte[] Value, MessagePackShape Shape)
{
    public static UnionCase Of(string tagName, object tag, MessagePackShape shape)
    {
        byte[] value = Encode(tag);
        return new UnionCase(shape.Type, tag, [.. Encode(tagName), .. value], value, shape);
    }

    private static byte[] Encode(object tag)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        if (tag is int number) writer.Write((long)number);
        else writer.Write((string)tag);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
