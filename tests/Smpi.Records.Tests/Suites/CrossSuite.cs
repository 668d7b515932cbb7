namespace Smpi.Records.Tests;

/// <summary>A value that was read from one encoding and written to another is the same.</summary>
public abstract class CrossSuite : EvolutionSuite
{
    public static TheoryData<Type> Others => [.. typeof(CrossSuite).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CrossSuite)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_record_goes_through_another_encoding_and_back(Type suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var other = (SuiteBase)Activator.CreateInstance(suite, new object?[] { null })!;
        Through<Numbers>(other);
        Through<Values>(other);
        Through<Octets>(other);
        Through<Nested>(other);
        Through<Maybe>(other);
        Through<Lists>(other);
        Through<MaybeLists>(other);
        Through<Deep>(other);
        Through<Maps>(other);
        Through<Init>(other);
        Through<Mixed>(other);
        Through<WithDefaults>(other);
        Through<Drawing>(other);
    }

    private void Through<T>(SuiteBase other)
    {
        Likeness both = Likeness.And(other.Likeness);
        ForAll<T>(
            value =>
            {
                string expected = RecordText.Of(value, typeof(T), both);
                T there = other.Encoding.Back(Encoding.Back(value));
                Assert.Equal(expected, RecordText.Of(there, typeof(T), both));
                Assert.Equal(expected, RecordText.Of(Encoding.Back(there), typeof(T), both));
            },
            30);
    }
}
