using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

[Collection(nameof(Alone))]
public sealed class PartMemoryTests
{
    private const int Mebi = 1024 * 1024;

    // The bodies in flight, the slack, the dictionaries and the server itself.
    private const long Most = (16 + 4 + 4) * Mebi;

    [Theory]
    [InlineData(16 * 1024, 240 * 1024)]
    [InlineData((16 * 1024) - 1, 240 * 1024)]
    [InlineData((16 * 1024) + 1, 100 * 1024)]
    [InlineData(64 * 1024, 128 * 1024)]
    [InlineData(33_000, 0)]
    [InlineData(1, 0)]
    public async Task Bodies_in_parts_hold_no_more_than_they_bring_and_a_constant(int part, int skipped)
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.GreetedAsync();
        byte[] between = skipped == 0 ? [] : NativeFrames.Join(Enumerable.Repeat(NativeFrames.Ignored(60 * 1024), skipped / (60 * 1024)));
        int rounds = part == 1 ? 200 : 15 * Mebi / part / 250;
        long growth = await MemoryProbe.GrowthAsync(async () =>
        {
            await peer.SendManyAsync(250, index => NativeFrames.Request((ulong)index + 1, "ask", default, more: true));
            byte[] body = new byte[part];
            for (int round = 0; round < Math.Max(rounds, 1); round++)
            {
                await peer.SendManyAsync(250, index => NativeFrames.Join(NativeFrames.Part((ulong)index + 1, false, body, more: true), between));
            }

            await ReachedAsync(peer);
        });
        Assert.InRange(growth, long.MinValue, Most);
    }

    [Fact]
    public async Task What_was_held_is_free_again_when_the_bodies_are_given_up()
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.GreetedAsync();
        byte[] body = new byte[60 * 1024];
        for (int round = 0; round < 5; round++)
        {
            int first = (round * 250) + 1;
            await peer.SendManyAsync(250, index => NativeFrames.Request((ulong)(first + index), "ask", body, more: true));
            await peer.SendManyAsync(250, index => NativeFrames.Join(NativeFrames.Cancel((ulong)(first + index)), NativeFrames.Part((ulong)(first + index), false, default, more: false)));
            await ReachedAsync(peer);
        }

        await Target.AssertAnswersAsync(peer, 9_000);
    }

    // A pong says that everything before its ping was read.
    private static async Task ReachedAsync(RawPeer peer)
    {
        await peer.SendAsync(NativeFrames.Ping(1));
        await peer.ReadFrameAsync(FrameTypes.Pong);
    }
}
