namespace Smpi.Records.Tests;

/// <summary>Octets that were changed at random, reproducibly.</summary>
internal static class Mutation
{
    public static byte[] Of(ReadOnlySpan<byte> octets, Random random)
    {
        List<byte> made = [.. octets];
        for (int change = random.Next(1, 4); change > 0 && made.Count > 0; change--)
        {
            int at = random.Next(made.Count);
            switch (random.Next(7))
            {
                case 0: made[at] = (byte)random.Next(256); break;
                case 1: made[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: made.RemoveAt(at); break;
                case 3: made.Insert(at, (byte)random.Next(256)); break;
                case 4: made.InsertRange(at, [.. made[at..Math.Min(made.Count, at + 8)]]); break;
                case 5: made.RemoveRange(at, Math.Min(made.Count - at, random.Next(1, 8))); break;
                default: made[at] = 0xFF; break;
            }
        }

        return [.. made];
    }
}
