namespace Smpi.Repository.Tests.Snippets;

internal static class ServerSnippet
{
    private static readonly FileStore Files = new();

    public static async Task RunAsync(Action<string> started, CancellationToken stop)
    {
        // <server>
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenTcp("127.0.0.1", 0)
            .UseJson()
            .Handle((ReadFile request, CancellationToken ct) => Files.ReadAsync(request.Path, ct))
            .HandleStream((Tail request, CancellationToken ct) => FileStore.TailAsync(request.Path, ct)));

        await server.ListenAsync(stop);
        started(server.Address);

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stop))
        {
            await server.Peers.PublishAsync(new LogLine("still here"), cancellationToken: stop);
        }
        // </server>
    }
}
