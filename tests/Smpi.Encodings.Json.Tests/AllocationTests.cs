using System.Buffers;

namespace Smpi.Encodings.Json.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Writing_a_plain_record_allocates_nothing()
    {
        Measure(Coding.Reflected);
        Measure(Coding.Generated);
    }

    private static void Measure(JsonEncoding encoding)
    {
        ICodec<Point> codec = encoding.For<Point>();
        var value = new Point(123456, -7);
        var output = new ArrayBufferWriter<byte>(1024);
        for (int round = 0; round < 200; round++) Once();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 1000; round++) Once();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Once()
        {
            output.ResetWrittenCount();
            codec.Write(output, value);
        }
    }
}
