import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Usage: Conformity.java FLAVOUR[,FLAVOUR] FILE... prints a line for each verdict, and one for each clause that fails. */
public class Conformity {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < arguments.length; i++)
      for (String name : arguments[0].split(",")) {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        try (FileInputStream file = new FileInputStream(arguments[i]);
            PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          ValidationResult result = validator.validate(parser);
          System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + arguments[i]);
          result.getTestAssertions().stream()
              .filter(found -> found.getStatus() == TestAssertion.Status.FAILED)
              .map(found -> found.getRuleId().getClause() + " " + found.getMessage())
              .distinct()
              .forEach(line -> System.out.println("  " + line));
        }
      }
  }
}
