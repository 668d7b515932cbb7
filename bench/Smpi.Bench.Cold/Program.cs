using Smpi;
using Smpi.Bench.Cold;

switch (args)
{
    case ["noop"]:
        // Without the console's own start, which is not the process'.
        using (Stream output = Console.OpenStandardOutput()) output.Write("started\n"u8);
        return 0;
    case ["child"]:
        await using (ISmpiServer server = await Providers().ListenAsync("stdio:", builder => builder.Handle((Row row, CancellationToken _) => new ValueTask<Row>(row))))
        {
            // The host ends this process.
            await Task.Delay(Timeout.Infinite);
        }

        return 0;
    case ["client", { } address]:
        await using (ISmpiChannel channel = await Providers().ConnectAsync(address))
        {
            Row row = await channel.RequestAsync(new Row(42, "sixteen letters!", 3.25));
            Console.WriteLine($"reply {row.Id}");
        }

        return 0;
    default:
        Console.Error.WriteLine("Smpi.Bench.Cold noop | child | client <address>");
        return 2;
}

static SmpiProviders Providers() => new SmpiProviders().AddStdio().AddTcp().AddJson(ColdJson.Default);
