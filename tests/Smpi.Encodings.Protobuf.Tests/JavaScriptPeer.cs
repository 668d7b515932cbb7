using System.Diagnostics;
using System.Text.Json;

namespace Smpi.Tests;

/// <summary>The Protobuf of JavaScript, in a process of its own.</summary>
public sealed class JavaScriptPeer : IDisposable
{
    private const string Package = "protobufjs@7.5.4";

    private readonly Process _node;

    public JavaScriptPeer()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "protobufjs")))
        {
            Directory.CreateDirectory(folder);
            using Process npm = Start("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", Package]);
            Task<string> output = npm.StandardOutput.ReadToEndAsync(), errors = npm.StandardError.ReadToEndAsync();
            npm.StandardInput.Close();
            if (!npm.WaitForExit(TimeSpan.FromMinutes(2)))
            {
                npm.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"npm did not install {Package} within two minutes.");
            }

            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm could not install {Package}: {output.Result} {errors.Result}");
        }

        _node = Start("node", [Path.Combine(AppContext.BaseDirectory, "peer.mjs"), folder]);
    }

    /// <summary>Decodes a body by a schema; returns what JavaScript sees, and the body as JavaScript encodes it.</summary>
    public async Task<(JsonElement Shown, byte[] Again)> TalkAsync(string proto, string type, byte[] body)
    {
        var imports = new { timestamp = Protoc.Import("timestamp"), duration = Protoc.Import("duration") };
        string line = await AskAsync(JsonSerializer.Serialize(new { proto, type, body = Convert.ToHexStringLower(body), imports }));
        Assert.False(line.StartsWith("error", StringComparison.Ordinal), line);
        JsonElement answer = JsonDocument.Parse(line).RootElement;
        return (answer.GetProperty("shown"), Convert.FromHexString(answer.GetProperty("again").GetString()!));
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(TimeSpan.FromSeconds(10))) _node.Kill();
        _node.Dispose();
    }

    private static Process Start(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = file == "npm" };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException($"These tests need Node.js with npm on the path: '{file}' could not be started.", error);
        }
    }

    private async Task<string> AskAsync(string task)
    {
        await _node.StandardInput.WriteLineAsync(task);
        await _node.StandardInput.FlushAsync();
        return await _node.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("The JavaScript peer ended.");
    }
}
