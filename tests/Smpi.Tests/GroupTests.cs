using System.Collections.Concurrent;

namespace Smpi.Tests;

/// <summary>Groups whose names come from clients. Alone, because the memory of the process is measured.</summary>
[CollectionDefinition(nameof(GroupTests), DisableParallelization = true)]
[Collection(nameof(GroupTests))]
public sealed class GroupTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_hundred_thousand_rooms_that_were_left_again_cost_nothing()
    {
        const int Rooms = 100_000;
        await using Pair pair = await Pair.OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        Visit(pair.Server, peer, 0, 1000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Visit(pair.Server, peer, 1000, Rooms);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Rooms;
        Assert.InRange(each, long.MinValue, 8);
    }

    [Fact]
    public async Task Rooms_of_a_peer_that_is_gone_cost_nothing_either()
    {
        const int Rooms = 20_000;
        await using Pair pair = await Pair.OpenAsync();
        await pair.PeerAsync();
        await LeaveAsync(1000, "first");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await LeaveAsync(Rooms, "second");

        // The table of the names stays as large as it was with all of them. What the end of the connection still holds for a moment goes by itself.
        await Eventually.IsTrueAsync(() => (GC.GetTotalMemory(forceFullCollection: true) - before) / Rooms <= 40);

        async Task LeaveAsync(int rooms, string prefix)
        {
            await using ISmpiChannel channel = pair.Connect();
            await channel.ConnectAsync();
            await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 2);
            ISmpiPeer peer = pair.Server.Peers.MaxBy(one => one.Id)!;
            for (int room = 0; room < rooms; room++) pair.Server.Group($"{prefix} {room}").Add(peer);
            Assert.Single(pair.Server.Group($"{prefix} 7"));
            await channel.DisposeAsync();
            await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 1 && peer.Gone.IsCancellationRequested);
            Assert.Empty(pair.Server.Group($"{prefix} 7"));
        }
    }

    [Fact]
    public async Task A_group_that_was_empty_and_gets_a_peer_again_is_the_one_that_its_name_finds()
    {
        await using Pair pair = await Pair.OpenAsync();
        var heard = new ConcurrentQueue<int>();
        using ISubscription subscription = pair.Channel.On<Happened>(happened => heard.Enqueue(happened.Number));
        ISmpiPeer peer = await pair.PeerAsync();
        IPeerGroup held = pair.Server.Group("room");
        IPeerGroup other = pair.Server.Group("room");
        Assert.Empty(held);
        held.Add(peer);
        Assert.True(held.Remove(peer));
        Assert.False(held.Remove(peer));
        Assert.Empty(held);
        held.Add(peer);
        held.Add(peer);
        Assert.Same(held, pair.Server.Group("room"));
        Assert.Same(peer, Assert.Single(other));
        await other.PublishAsync(new Happened(1));
        await pair.Server.Group("room").PublishAsync(new Happened(2));
        await Eventually.IsTrueAsync(() => heard.Count == 2);
        Assert.Equal([1, 2], heard);
        Assert.True(other.Remove(peer));
        Assert.Empty(held);
        await held.PublishAsync(new Happened(3));
    }

    [Fact]
    public async Task Peers_that_join_and_leave_one_room_from_many_threads_are_where_they_said_last()
    {
        await using Pair pair = await Pair.OpenAsync();
        await pair.PeerAsync();
        ISmpiChannel[] channels = [.. Enumerable.Range(0, 7).Select(_ => pair.Connect())];
        foreach (ISmpiChannel channel in channels) await channel.ConnectAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 8);
        ISmpiPeer[] peers = [.. pair.Server.Peers];
        await Task.WhenAll(peers.Select((peer, index) => Task.Run(() =>
        {
            IPeerGroup held = pair.Server.Group("room");
            for (int round = 0; round < 5000; round++)
            {
                (round % 2 == 0 ? held : pair.Server.Group("room")).Add(peer);
                Assert.Contains(peer, pair.Server.Group("room"));
                Assert.True((round % 3 == 0 ? held : pair.Server.Group("room")).Remove(peer));
            }

            if (index % 2 == 0) held.Add(peer);
        }))).WaitAsync(Soon);
        Assert.Equal(peers.Where((_, index) => index % 2 == 0).Select(peer => peer.Id).Order(), pair.Server.Group("room").Select(peer => peer.Id).Order());
        foreach (ISmpiChannel channel in channels) await channel.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_joins_when_it_is_gone_does_not_stay()
    {
        await using Pair pair = await Pair.OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => peer.Gone.IsCancellationRequested);
        pair.Server.Group("room").Add(peer);
        pair.Server.Peers.Add(peer);
        Assert.Empty(pair.Server.Group("room"));
        Assert.Empty(pair.Server.Peers);
    }

    private static void Visit(ISmpiServer server, ISmpiPeer peer, int from, int to)
    {
        for (int room = from; room < to; room++)
        {
            IPeerGroup group = server.Group($"room {room}");
            group.Add(peer);
            group.Remove(peer);
        }
    }
}
