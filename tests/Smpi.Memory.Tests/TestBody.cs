using System.Buffers;

namespace Smpi.Tests;

internal sealed class TestBody(int size, bool fail = false) : IValueBody
{
    public object? Value { get; init; }

    public int Encoded { get; private set; }

    public void WriteTo(IBufferWriter<byte> output)
    {
        Encoded++;
        for (int left = size; left > 0;)
        {
            int count = Math.Min(left, 4096);
            output.GetSpan(count)[..count].Fill((byte)'x');
            output.Advance(count);
            left -= count;
        }

        if (fail) throw new EncodingException("The value cannot be encoded.");
    }
}
