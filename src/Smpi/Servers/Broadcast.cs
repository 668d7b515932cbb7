using System.Buffers;

namespace Smpi;

/// <summary>One event on its way to one of many peers.</summary>
internal readonly record struct Broadcast(string Subject, EncodedBody Body, BroadcastOptions Options);

/// <summary>The bodies of one event: one for every encoding among the peers, made at first use.</summary>
internal sealed class BroadcastBodies<T>(T value)
{
    private readonly List<(CodecSet Codecs, EncodedBody Body)> _bodies = new(1);

    public EncodedBody For(CodecSet codecs)
    {
        foreach ((CodecSet known, EncodedBody made) in _bodies)
        {
            if (known.Encoding.Name == codecs.Encoding.Name) return made;
        }

        var buffer = new ArrayBufferWriter<byte>();
        codecs.Get<T>().Write(buffer, value);
        var body = new EncodedBody(buffer.WrittenMemory, value);
        _bodies.Add((codecs, body));
        return body;
    }
}

/// <summary>A body that was encoded before.</summary>
internal sealed class EncodedBody(ReadOnlyMemory<byte> octets, object? value) : IMessageBody, IValueBody
{
    public object? Value => value;

    public int Length => octets.Length;

    public void WriteTo(IBufferWriter<byte> output) => output.Write(octets.Span);
}
