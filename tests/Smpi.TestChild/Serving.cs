using System.Runtime.InteropServices;
using System.Text;

namespace Smpi.TestChild;

internal static partial class Serving
{
    public static async Task RunAsync(string address, string[] arguments, TextWriter? early = null)
    {
        if (arguments is ["unlock", string lastLine]) await Console.Error.WriteLineAsync(lastLine);
        await using ISmpiServer server = await SmpiServer.ListenAsync(address, builder => builder
            .Handle((Echo echo) => new Echoed(echo.Text, Environment.ProcessId))
            .Handle((Environs environs) => new Surroundings(Environment.GetEnvironmentVariable(environs.Variable), Environment.CurrentDirectory, arguments))
            .Handle((Say say) => Print(say.Text, early))
            .Handle((Fall fall) => Exit(fall))
            .Handle(async (Hang _, CancellationToken ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return new Echoed("", 0);
            })
            .Handle("octets", (RawBody body, CallContext _, CancellationToken _) => new ValueTask<RawBody>(body)));
        Console.WriteLine(server.Address);
        await Task.Delay(Timeout.Infinite);
    }

    private static Empty Print(string text, TextWriter? early)
    {
        early?.WriteLine($"early {text}");
        early?.Flush();
        Console.WriteLine($"managed {text}");
        byte[] native = Encoding.UTF8.GetBytes($"native {text}\n");
        _ = write(1, native, native.Length);
        return default;
    }

    private static Empty Exit(Fall fall)
    {
        Console.Error.WriteLine(fall.LastWords);
        Environment.Exit(fall.ExitCode);
        return default;
    }

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, byte[] octets, nint count);
}
