namespace Smpi.Repository.Tests.Snippets;

internal static class ClientSnippet
{
    public static async Task<IReadOnlyList<string>> RunAsync(string address, CancellationToken ct)
    {
        var seen = new List<string>();
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // <client>
        await using ISmpiChannel channel = await new SmpiProviders().AddTcp().AddJson().ConnectAsync(address, cancellationToken: ct);

        using ISubscription subscription = channel.On<LogLine>(line => heard.TrySetResult(line.Text));

        FileText text = await channel.RequestAsync(new ReadFile("readme.md"), ct);
        seen.Add(text.Text);

        await foreach (LogLine line in channel.StreamAsync(new Tail("app.log"), ct))
        {
            seen.Add(line.Text);
        }
        // </client>
        seen.Add(await heard.Task.WaitAsync(ct));
        return seen;
    }
}
