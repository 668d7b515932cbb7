using System.Buffers;

namespace Smpi.Tests;

public sealed class AllocationTests
{
    public sealed record Plain(int Id, string Text, double Ratio, bool On, long Big, Color Color, Guid Key, DateTime At, decimal Price, int? Maybe, Spot Spot);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Writing_a_record_of_scalars_allocates_nothing(bool asArrays)
    {
        ICodec<Plain> codec = (asArrays ? Pack.Arrays : Pack.Maps).For<Plain>();
        var value = new Plain(1, "text that is not short", 0.5, true, 1L << 50, Color.Blue, Guid.NewGuid(), DateTime.UtcNow, 1.25m, 4, new Spot(2, "s"));
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        for (int i = 0; i < 50; i++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            output.ResetWrittenCount();
            codec.Write(output, value);
        }
    }
}
