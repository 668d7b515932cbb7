using System.Buffers;

namespace Smpi.Tests;

public sealed class OutBufferTests
{
    [Fact]
    public void Reserved_octets_are_patched_in_the_first_and_in_a_later_segment()
    {
        var buffer = new OutBuffer();
        long first = buffer.Reserve(4);
        buffer.Write(new byte[100_000]);
        long later = buffer.Reserve(8);
        buffer.Write(new byte[100_000]);

        buffer.Patch(first, [1, 2, 3, 4]);
        buffer.Patch(later, [8, 7, 6, 5, 4, 3, 2, 1]);

        Assert.Equal([1, 2, 3, 4], buffer.Slice(first, first + 4).ToArray());
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], buffer.Slice(later, later + 8).ToArray());
        Assert.Equal(200_012, buffer.Length);
    }

    [Fact]
    public void Slices_are_exact_wherever_they_start_and_end()
    {
        byte[] octets = new byte[90_000];
        Random.Shared.NextBytes(octets);
        var buffer = new OutBuffer();
        foreach (byte[] piece in octets.Chunk(7_001)) buffer.Write(piece);

        foreach (int start in new[] { 0, 1, 16_383, 16_384, 16_385, 50_000, 89_999 })
        {
            foreach (int length in new[] { 0, 1, 2, 16_384, 40_000 })
            {
                int end = Math.Min(start + length, octets.Length);
                Assert.Equal(octets[start..end], buffer.Slice(start, end).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(59_999)]
    [InlineData(60_000)]
    public void Truncating_takes_back_octets_and_cuts_and_writing_goes_on(int length)
    {
        byte[] octets = [.. Enumerable.Range(0, 60_000).Select(n => (byte)(n * 31))];
        var buffer = new OutBuffer();
        buffer.Write(octets.AsSpan(0, 30_000));
        buffer.AllowCut();
        buffer.Write(octets.AsSpan(30_000));
        buffer.AllowCut();

        buffer.Truncate(length);
        buffer.Write((ReadOnlySpan<byte>)[1, 2, 3]);

        Assert.Equal(length + 3, buffer.Length);
        Assert.Equal([.. octets[..length], 1, 2, 3], buffer.Slice(0, buffer.Length).ToArray());
        Assert.Equal(new long[] { 30_000, 60_000 }.Where(cut => cut <= length), buffer.Cuts);
    }

    [Fact]
    public void Truncating_past_the_end_is_refused()
    {
        var buffer = new OutBuffer();
        buffer.Write((ReadOnlySpan<byte>)[1]);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Patch(5, [1]));
    }

    [Fact]
    public void Cuts_and_ends_of_frames_are_positions_in_rising_order_and_clearing_forgets_them()
    {
        var buffer = new OutBuffer();
        buffer.EndFrame();
        buffer.Write((ReadOnlySpan<byte>)[1, 2]);
        buffer.AllowCut();
        buffer.Write((ReadOnlySpan<byte>)[3]);
        buffer.EndFrame();
        Assert.Equal([0L, 2L, 3L], buffer.Cuts);

        buffer.Clear();
        Assert.Empty(buffer.Cuts);
        Assert.Equal(0, buffer.Length);
        buffer.Write((ReadOnlySpan<byte>)[9]);
        Assert.Equal([9], buffer.Slice(0, 1).ToArray());
        buffer.Release();
        Assert.True(buffer.Slice(0, buffer.Length).IsEmpty);
    }
}
