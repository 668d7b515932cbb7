using System.Reflection;
using Xunit.Abstractions;

namespace Smpi.Records.Tests;

/// <summary>Malformed bodies end in a value or in an <see cref="EncodingException"/>, soon and in bounded memory.</summary>
public abstract class MalformedSuite(ITestOutputHelper output) : ChannelSuite
{
    private const int Seed = 20_261_121;
    private const int MostFactor = 8;

    // An exception with its trace and the sentences around it, and what the first turn of a type lays out.
    private const int MostConstant = 32 * 1024;

    private static readonly IReadOnlyList<ITarget> Targets =
    [
        new Target<Numbers>(), new Target<Values>(), new Target<Octets>(), new Target<Nested>(), new Target<Maybe>(), new Target<Lists>(), new Target<MaybeLists>(),
        new Target<Deep>(), new Target<Maps>(), new Target<Init>(), new Target<Mixed>(), new Target<WithDefaults>(), new Target<Drawing>(), new Target<Shape>(), new Target<Demanding>(),
    ];

    /// <summary>Bodies that no value has.</summary>
    protected abstract IEnumerable<byte[]> Hostile { get; }

    /// <summary>Bodies of one member with values that it may or may not take.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="position">The member's position, from 0.</param>
    protected abstract IEnumerable<byte[]> HostileMembers(string name, int position);

    [Fact]
    public void Every_prefix_of_a_body_is_read_or_refused()
    {
        var tally = new Tally();
        foreach (ITarget target in Targets)
        {
            foreach (byte[] body in target.Samples(Encoding, Seed, 2))
            {
                for (int length = 0; length < body.Length; length++) target.Try(Encoding, body.AsMemory(0, length), tally);
            }
        }

        Report(tally, 300);
    }

    [Fact]
    public void Anything_after_a_body_is_read_or_refused()
    {
        var tally = new Tally();
        foreach (ITarget target in Targets)
        {
            byte[] body = target.Samples(Encoding, Seed, 1).Single();
            for (int octet = 0; octet < 256; octet++) target.Try(Encoding, (byte[])[.. body, (byte)octet], tally);
            target.Try(Encoding, (byte[])[.. body, .. body], tally);
        }

        Report(tally, 300);
    }

    [Fact]
    public void Hostile_bodies_are_read_or_refused()
    {
        var tally = new Tally();
        foreach (ITarget target in Targets)
        {
            foreach (byte[] body in Hostile) target.Try(Encoding, body, tally);
        }

        Report(tally, 300);
    }

    [Fact]
    public void Hostile_members_are_read_or_refused()
    {
        var tally = new Tally();
        foreach (ITarget target in Targets)
        {
            int position = 0;
            foreach (string name in target.Members)
            {
                foreach (byte[] body in HostileMembers(name, position)) target.Try(Encoding, body, tally);
                position++;
            }
        }

        Report(tally, 300);
    }

    [Fact]
    public void Mutated_bodies_are_read_or_refused()
    {
        var tally = new Tally();
        var random = new Random(Seed);
        foreach (ITarget target in Targets)
        {
            byte[][] bodies = [.. target.Samples(Encoding, Seed, 5)];
            for (int turn = 0; turn < 400; turn++) target.Try(Encoding, Mutation.Of(bodies[turn % bodies.Length], random), tally);
        }

        Report(tally, 300);
    }

    [Fact]
    public void Random_octets_are_read_or_refused()
    {
        var tally = new Tally();
        var random = new Random(Seed);
        for (int turn = 0; turn < 2000; turn++)
        {
            byte[] body = new byte[random.Next(80)];
            random.NextBytes(body);
            Targets[turn % Targets.Count].Try(Encoding, body, tally);
        }

        Report(tally, 300);
    }

    private void Report(Tally tally, int leastRefused)
    {
        output.WriteLine($"Seed {Seed}: {tally.Bodies} bodies, {tally.Refused} refused, at most {tally.MostOver} octets allocated beyond {MostFactor} for each octet.");
        Assert.InRange(tally.Refused, leastRefused, tally.Bodies);
    }

    private sealed class Tally
    {
        public int Bodies { get; set; }

        public int Refused { get; set; }

        public long MostOver { get; set; }
    }

    private interface ITarget
    {
        IEnumerable<string> Members { get; }

        IEnumerable<byte[]> Samples(IEncoding encoding, int seed, int count);

        void Try(IEncoding encoding, ReadOnlyMemory<byte> body, Tally tally);
    }

    private sealed class Target<T> : ITarget
    {
        public IEnumerable<string> Members => typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public).OrderBy(p => p.MetadataToken).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);

        public IEnumerable<byte[]> Samples(IEncoding encoding, int seed, int count) =>
            FsCheck.Fluent.Gen.Sample(RandomRecords.Of<T>().Generator, count, new FsCheck.Rnd((ulong)seed, 1), 20).Select(encoding.Encode);

        public void Try(IEncoding encoding, ReadOnlyMemory<byte> body, Tally tally)
        {
            ICodec<T> codec = encoding.For<T>();
            long over = long.MaxValue;
            bool isRefused = false;

            // What a runtime lays out at first use is no part of the body: the second turn counts.
            for (int turn = 0; turn < 3 && over > MostConstant; turn++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                isRefused = IsRefused(codec, body);
                over = GC.GetAllocatedBytesForCurrentThread() - before - (MostFactor * (long)body.Length);
            }

            tally.Bodies++;
            if (isRefused) tally.Refused++;
            tally.MostOver = Math.Max(tally.MostOver, over);
            Assert.True(over <= MostConstant, $"{typeof(T).Name}: {over} octets beyond {MostFactor} for each were allocated for the {body.Length} of {Hex(body)}");
        }

        private static bool IsRefused(ICodec<T> codec, ReadOnlyMemory<byte> body)
        {
            long start = TimeProvider.System.GetTimestamp();
            try
            {
                codec.Read(new(body));
                return false;
            }
            catch (EncodingException)
            {
                return true;
            }
            catch (Exception error)
            {
                Assert.Fail($"{typeof(T).Name}: {Hex(body)} made {error}");
                return true;
            }
            finally
            {
                TimeSpan took = TimeProvider.System.GetElapsedTime(start);
                Assert.True(took < TimeSpan.FromSeconds(10), $"{typeof(T).Name}: {took} for {Hex(body)}");
            }
        }

        private static string Hex(ReadOnlyMemory<byte> body) => Convert.ToHexString(body.Span[..Math.Min(body.Length, 400)]);
    }
}
