namespace Smpi.Repository.Tests.Snippets;

internal static class ClientSnippet
{
    public static async Task RunAsync(string address, TextWriter output, CancellationToken ct)
    {
        // <client>
        await using ISmpiChannel channel = await new SmpiProviders().AddTcp().AddJson().ConnectAsync(address, cancellationToken: ct);

        using ISubscription subscription = channel.On<LogLine>(line => output.WriteLine($"event: {line.Text}"));

        FileText text = await channel.RequestAsync(new ReadFile("readme.md"), ct);
        output.WriteLine(text.Text);

        await foreach (LogLine line in channel.StreamAsync(new Tail("app.log"), ct))
        {
            output.WriteLine(line.Text);
        }
        // </client>
        await output.WriteLineAsync("done");
    }
}
