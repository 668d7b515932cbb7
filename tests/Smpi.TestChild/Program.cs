using System.Diagnostics;
using System.Globalization;
using Smpi;
using Smpi.TestChild;

switch (args)
{
    case ["serve", string address, ..]:
        await Serving.RunAsync(address, args[2..]);
        return 0;
    case ["hosted", ..]:
        await Hosting.RunAsync(args[1..]);
        return 0;
    case ["print-first", string text]:
        Console.WriteLine(text);
        await Serving.RunAsync("stdio:", []);
        return 0;
    case ["unmade"]:
        // The channel is there, and prints come before its first connection.
        await using (ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseStdio().UseJson().Handle((Echo echo) => new Echoed(echo.Text, 0))))
        {
            Console.WriteLine("the worker begins");
            await channel.ConnectAsync();
            await Task.Delay(Timeout.Infinite);
        }

        return 0;
    case ["early-print", string address]:
        // As a logger does that was made before the channel: its writer has a descriptor of its own.
        TextWriter early = Console.Out;
        await early.WriteAsync("");
        await Serving.RunAsync(address, [], early);
        return 0;
    case ["leave", string code]:
        // Ends its channel itself and then decides on its own exit code.
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (ISmpiServer server = await SmpiServer.ListenAsync("stdio:", builder => builder.Handle((Echo echo) =>
        {
            asked.TrySetResult();
            return new Echoed(echo.Text, Environment.ProcessId);
        })))
        {
            await asked.Task;
            await Console.Error.WriteLineAsync("leaving");
            await server.DrainAsync();
        }

        // Long enough for an exit that nobody asked for.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await Console.Error.WriteLineAsync("left");
        return int.Parse(code, CultureInfo.InvariantCulture);
    case ["twice"]:
        await using (ISmpiChannel first = SmpiChannel.Create(builder => builder.UseStdio().UseJson()))
        {
            await first.ConnectAsync();
            try
            {
                await using ISmpiChannel second = SmpiChannel.Create(builder => builder.UseStdio().UseJson());
                await second.ConnectAsync();
            }
            catch (SmpiConfigurationException error)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Task.Delay(Timeout.Infinite);
        }

        return 0;
    case ["exit", string code, string words]:
        Console.Error.WriteLine(words);
        return int.Parse(code, CultureInfo.InvariantCulture);
    case ["junk"]:
        Console.WriteLine("Welcome to the program!");
        Console.Error.WriteLine("I am not what you think");
        Console.In.ReadToEnd();
        return 0;
    case ["host", string command]:
        // A host that owns a child, tells what the child writes to its standard error, and never ends by itself.
        await using (ISmpiChannel channel = new SmpiProviders().AddAll().CreateChannel(command, builder => builder
            .WithLimits(limits => limits with { HandshakeTimeout = TimeSpan.FromMinutes(10) })
            .WithOptions(options => options.Notes = note => Console.WriteLine(note.Text))))
        {
            await channel.ConnectAsync();
        }

        return 0;
    default:
        Console.Error.WriteLine($"Unknown mode: {string.Join(' ', args)}");
        return 64;
}
