using System.Buffers;

namespace Smpi.Tests;

public sealed class AllocationTests
{
    public sealed record Plain(int Id, string Text, double Ratio, bool On, long Big, Color Color, Guid Key, DateTime At, decimal Price, int? Maybe, Spot Spot);

    [Fact]
    public void Writing_a_record_of_scalars_allocates_nothing()
    {
        ICodec<Plain> codec = Proto.Plain.For<Plain>();
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

    [Fact]
    public void Writing_nested_records_that_outgrow_the_output_allocates_nothing()
    {
        ICodec<Node> codec = Proto.Plain.For<Node>();
        var node = new Node(new string('x', 1000));
        for (int i = 0; i < 20; i++) node = new Node(new string('y', 300), [node, new Node("z")]);
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        for (int i = 0; i < 50; i++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            output.ResetWrittenCount();
            codec.Write(output, node);
        }
    }

    [Fact]
    public void An_output_that_gives_little_room_gets_the_same_octets()
    {
        var node = new Node(new string('x', 1000));
        for (int i = 0; i < 20; i++) node = new Node(new string('y', 300), [node, new Node("z")]);
        var output = new Scant();
        Proto.Plain.For<Node>().Write(output, node);
        Assert.Equal(Proto.Write(node), output.Octets);
    }

    /// <summary>Never gives more room than is asked for, and new memory each time.</summary>
    private sealed class Scant : IBufferWriter<byte>
    {
        private readonly List<byte> _octets = [];
        private byte[] _given = [];

        public byte[] Octets => [.. _octets];

        public void Advance(int count) => _octets.AddRange(_given[..count]);

        public Memory<byte> GetMemory(int sizeHint = 0) => _given = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
