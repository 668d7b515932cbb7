using System.Diagnostics;
using System.Globalization;
using Smpi;
using Smpi.TestChild;

switch (args)
{
    case ["serve", string address, ..]:
        await Serving.RunAsync(address, args[2..]);
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
