using FsCheck;
using FsCheck.Fluent;

namespace Smpi.Records.Tests;

/// <summary>What the parts of the record suite share.</summary>
public abstract class SuiteBase
{
    /// <summary>The encoding under test.</summary>
    protected internal abstract IEncoding Encoding { get; }

    /// <summary>In what a record may differ after it went through the encoding.</summary>
    protected internal virtual Likeness Likeness => new();

    /// <summary>Whether NaN and the infinities are carried; where not they are refused.</summary>
    protected internal virtual bool CarriesNonFinite => true;

    /// <summary>Whether members have names, so that their order does not matter.</summary>
    protected virtual bool IsByName => true;

    /// <summary>The same encoding that takes deeper values.</summary>
    protected abstract IEncoding WithDepth(int depth);

    /// <summary>The name of a member as failures have it.</summary>
    protected static void AssertNames(EncodingException error, params string[] parts)
    {
        ArgumentNullException.ThrowIfNull(error);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    protected void Same<T>(T expected, T actual) => Assert.Equal(RecordText.Of(expected, typeof(T), Likeness), RecordText.Of(actual, typeof(T), Likeness));

    protected void ComesBack<T>(T value) => Same(value, Encoding.Back(value));

    protected static void ForAll<T>(Action<T> body, int count = 200) =>
        Prop.ForAll(RandomRecords.Of<T>(), body).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
