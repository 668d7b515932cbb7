using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Smpi.Tests;

/// <summary>The compiler of Protobuf, of the package Grpc.Tools.</summary>
internal static class Protoc
{
    private static readonly string Tools = typeof(Protoc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "GrpcTools").Value!;

    private static string Includes => Path.Combine(Tools, "build", "native", "include");

    /// <summary>The text of a schema that comes with the compiler.</summary>
    public static string Import(string name) => File.ReadAllText(Path.Combine(Includes, "google", "protobuf", $"{name}.proto"));

    /// <summary>Binary to the text format, by a schema; fields that the schema lacks are shown by their numbers.</summary>
    public static async Task<string> DecodeAsync(string proto, string type, byte[] body) => System.Text.Encoding.UTF8.GetString(await RunAsync(proto, $"--decode={type}", body));

    /// <summary>The text format to binary, by a schema.</summary>
    public static Task<byte[]> EncodeAsync(string proto, string type, string text) => RunAsync(proto, $"--encode={type}", System.Text.Encoding.UTF8.GetBytes(text));

    private static async Task<byte[]> RunAsync(string proto, string action, byte[] input)
    {
        string folder = Directory.CreateTempSubdirectory("smpi-proto-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "schema.proto"), proto);
            using Process protoc = Process.Start(new ProcessStartInfo(Compiler(), [$"--proto_path={folder}", $"--proto_path={Includes}", action, "schema.proto"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = new MemoryStream();
            Task read = protoc.StandardOutput.BaseStream.CopyToAsync(output);
            Task<string> errors = protoc.StandardError.ReadToEndAsync();
            await protoc.StandardInput.BaseStream.WriteAsync(input);
            protoc.StandardInput.Close();
            await protoc.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            await read;
            Assert.True(protoc.ExitCode == 0 && (await errors).Length == 0, $"{await errors}\n{proto}");
            return output.ToArray();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Compiler()
    {
        string system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macosx" : "linux";
        string machine = OperatingSystem.IsMacOS() ? "universal" : RuntimeInformation.OSArchitecture == Architecture.Arm64 && OperatingSystem.IsLinux() ? "arm64" : "x64";
        return Path.Combine(Tools, "tools", $"{system}_{machine}", OperatingSystem.IsWindows() ? "protoc.exe" : "protoc");
    }
}
