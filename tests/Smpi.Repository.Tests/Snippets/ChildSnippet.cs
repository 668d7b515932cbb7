namespace Smpi.Repository.Tests.Snippets;

/// <summary>Compiled only: the quickstart runs a host and its child.</summary>
internal static class ChildSnippet
{
    public static async Task<string> HostAsync(CancellationToken ct)
    {
        // <host>
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder
            .UseChildProcess("dotnet", "worker.dll")
            .UseJson());

        FileText text = await channel.RequestAsync(new ReadFile("readme.md"), ct);
        // </host>
        return text.Text;
    }

    public static async Task ChildAsync()
    {
        // <child>
        await using ISmpiServer server = await SmpiServer.ListenAsync("stdio:", builder => builder
            .UseJson()
            .Handle((ReadFile request) => new FileText(request.Path, File.ReadAllText(request.Path))));

        await Task.Delay(Timeout.Infinite);
        // </child>
    }
}
